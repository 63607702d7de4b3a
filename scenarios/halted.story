# Anybody may stop it. Only an approver who did not request it lets it go on.
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
system compiles-plan production waves=2 start=5h windows=2d
ada requests-change "CVE of severity critical"
ben agrees-window web1 web2
cem approves
dot approves
system sends-notices
+5h system opens-wave 1 web1
web1 is-ready
eve halts "the shop shows errors"
web1 asks
system waits
ada resumes "I want to get done"
eve resumes "I stopped it, I start it"
# While it stands, an approver takes the vote back.
dot revokes "I want to look first"
cem resumes "errors were ours"
dot resumes "looked"
+10m cem halts "second thoughts"
+1h system waits
