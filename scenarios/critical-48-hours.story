# A critical fix reaches two web servers of one group within 48 hours of its release, one after the other.
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
+10m system compiles-plan production waves=1 start=5h
ada requests-change "CVE of severity critical"
system waits
ben agrees-window web1 web2
# One person with two keys is one person.
cem approves console
cem approves
system waits
ada approves
dot approves
system sends-notices
+4h system waits
+1h system opens-wave 1 web1 web2
web1 is-ready
web2 is-ready
web1 asks
# The other one of the group waits until the first is back.
web2 asks
web1 reports installing
+4m web1 reports succeeded
web2 asks
web2 reports installing
system closes-wave
+4m web2 reports succeeded
system closes-wave
+1d system judges-soak pass
dot rescans
eve signs-audit
dot signs-audit
