# After the approval a host changed. The plan is void with all its votes, and never comes back.
ada is it change
ben is owner
cem is change
dot is security
eve is it
ring1 is-asset low ring

web1 is-asset high owner=ben group=web
web2 is-asset high owner=ben group=web
web allows down=1

ada adopts "openssl for Debian 12" released=1h
system scopes
system proposes-lane critical
eve assesses-risk
+1h system verifies-files
+10m system compiles-plan test
eve starts-test
+5h system judges-test pass

system checks-backups
system compiles-plan production start=6h
ada requests-change "CVE of severity critical"
ben agrees-window web1 web2
cem approves
dot approves
+1h system finds-plan-stale "web2 would now also replace libc6"
# A vote for the old plan is worth nothing.
dot approves
system compiles-plan production start=6h
ada requests-change "the same, with libc6"
ben agrees-window web1 web2
cem approves
dot approves
