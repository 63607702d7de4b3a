# A host fails in production: its wave does not close, and the critical hosts of the next wave are never reached.
ada is it change
ben is owner
cem is change
dot is security
eve is it
ring1 is-asset low ring

app1 is-asset low owner=ben
app2 is-asset low owner=ben
db1 is-asset critical owner=ben
ada adopts "openssl for Debian 12" released=1h
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
ben agrees-window app1 app2 db1
cem approves
dot approves
system sends-notices
+5h system opens-wave 1 app1 app2
app1 is-ready
app2 is-ready
app1 asks
app1 reports installing
+5m app1 reports failed postinst
app2 asks
app2 reports installing
+5m app2 reports failed postinst
system closes-wave
system waits
system opens-wave 2 db1
+10m app1 reports rolled-back
app2 reports rolled-back
# The requester cannot resume, and IT alone neither.
ada resumes "it is fine"
eve resumes "it is fine"
cem requests-rollback "wait for the next upload"
+1h system completes-rollback app1 app2
