# A newer upload fixes the same and more: this campaign makes room before it touched anything.
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

+3h system supersedes "openssl 3.0.20-1~deb12u2"
ada compiles-plan production
