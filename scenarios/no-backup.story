# Without a fresh backup nothing goes on; its owner may sign a waiver, and nobody else.
ada is it change
ben is owner
cem is change
dot is security
eve is it
ring1 is-asset low ring

db1 is-asset critical owner=ben
db2 is-asset critical owner=ben
ada adopts "postgresql-15 for Debian 12" released=1h
system scopes
system proposes-lane critical
eve assesses-risk
+1h system verifies-files
+10m system compiles-plan test
eve starts-test
+5h system judges-test pass

system checks-backups none=db1 old=db2
system waits
cem waives db1
ben waives db1 for=2d
system checks-backups none=db1 old=db2
+3h system checks-backups none=db1
