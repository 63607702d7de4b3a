# The owner says no: the campaign ends, and says why.
ada is it change
ben is owner
cem is change
dot is security
eve is it
ring1 is-asset low ring

web1 is-asset high owner=ben group=web
web2 is-asset high owner=ben group=web
web allows down=1

ada adopts "nginx for Debian 12" released=1h
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
# A refusal counts only by somebody whose approval would have counted.
eve refuses "no time"
dot refuses "the test did not cover our module"
cem approves
