# A bug fix for a server of low worth travels on the monthly cycle: one approval is enough.
ada is it change
ben is owner
cem is change
dot is security
eve is it
ring1 is-asset low ring

files1 is-asset low owner=ben
ada adopts "rsync for Debian 12" released=2d
system scopes
system proposes-lane routine
system waits
eve assesses-risk
+1h system verifies-files
+10m system compiles-plan test
ada starts-test
+1d system judges-test pass
system checks-backups
+1h system compiles-plan production start=3d
# The person who asks never approves, whatever roles they hold.
ada requests-change "monthly maintenance"
ada approves
ben agrees-window files1
cem approves console
system sends-notices
+2d system waits
+1d system opens-wave 1 files1
files1 is-ready
files1 asks
files1 reports installing
+3m files1 reports succeeded
system closes-wave
+1d system judges-soak pass
system rescans
eve signs-audit
dot signs-audit
system waits
