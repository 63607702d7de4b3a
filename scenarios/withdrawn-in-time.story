# The vendor pulls the update before it touched production: the campaign ends.
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

vendor withdraws-update "regression in sshd"
ada compiles-plan production
