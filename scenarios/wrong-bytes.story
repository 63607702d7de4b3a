# Bytes that differ from the signed index are never released; an origin that does not answer can be.
ada is it change
ben is owner
cem is change
dot is security
eve is it
ring1 is-asset low ring

fay is security
web1 is-asset high owner=ben group=web
web2 is-asset high owner=ben group=web
web allows down=1

ada adopts "openssl for Debian 12" released=1h
system scopes
system proposes-lane critical
eve assesses-risk
system finds-false-files hash-mismatch "openssl 3.0.20-1~deb12u1"
dot releases-files with=fay
system waits
dot accepts-risk with=ben for=14d "isolated until the mirror is repaired"
system waits
+14d system waits
