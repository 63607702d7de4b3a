# A host goes silent after it was allowed to start. It counts as down for as long as nobody knows better.
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
system compiles-plan production waves=1 start=5h windows=3d
ada requests-change "CVE of severity critical"
ben agrees-window web1 web2
cem approves
dot approves
system sends-notices
+5h system opens-wave 1 web1 web2
web1 is-ready
web2 is-ready
web1 asks
+20m web1 goes-silent
web2 asks
# Time changes nothing about it.
+10h web2 asks
system closes-wave
# A person looks, signs what they saw, and only then the other one may go.
eve declares web1 up-verified "stood in front of it"
web2 asks
web2 reports installing
+5m web2 reports succeeded
# When the line is back, the host tells how it really went.
+1h web1 reports succeeded
system closes-wave
