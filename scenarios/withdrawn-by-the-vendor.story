# The vendor pulls the update after the first wave was opened: everything stops until a person decides.
ada is it change
ben is owner
cem is change
dot is security
eve is it
ring1 is-asset low ring

web1 is-asset high owner=ben group=web
web2 is-asset high owner=ben group=web
web allows down=1

ada adopts "openssh for Debian 12" released=1h
system scopes
system proposes-lane critical
eve assesses-risk
+1h system verifies-files
+10m system compiles-plan test
eve starts-test
+5h system judges-test pass

system checks-backups
system compiles-plan production waves=2 start=5h
ada requests-change "CVE of severity critical"
ben agrees-window web1 web2
cem approves
dot approves
system sends-notices
+5h system opens-wave 1 web1
vendor withdraws-update "regression in sshd"
system waits
# It is in production now, so nobody can just drop it.
ada withdraws-update "then we drop it"
cem requests-rollback "back to the old one"
+1h system completes-rollback web1
