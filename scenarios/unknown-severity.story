# Nobody says how bad it is, so it runs on the critical clock until Security judges it; to slow down takes two.
ada is it change
ben is owner
cem is change
dot is security
eve is it
ring1 is-asset low ring

web1 is-asset high owner=ben group=web
web2 is-asset high owner=ben group=web
web allows down=1

ada adopts "libfoo for Debian 12" released=1h
system scopes
system proposes-lane critical because=severity-unknown
eve assesses-risk
system waits
dot sets-lane routine
ben sets-lane routine
dot sets-lane routine with=ben
# Later the world learns that it is being exploited: up goes alone.
+1d system proposes-lane emergency because=due-passed
system waits
