# The package breaks in the test ring and never comes near production.
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
system verifies-files
system compiles-plan test
eve starts-test
+1h system judges-test fail ring1
system waits
# What failed cannot be accepted.
eve accepts-test with=ben
system compiles-plan production start=6h
+2h system compiles-plan test
eve starts-test
+4h system judges-test inconclusive
# What proves nothing takes two people of different roles.
eve accepts-test with=eve
eve accepts-test with=ben
