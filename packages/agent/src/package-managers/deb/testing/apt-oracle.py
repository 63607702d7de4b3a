# What python3-apt says of every installed package and every index: apt's own library, asked on another way than the
# agent asks. Prints one JSON object.
import json
import re

import apt_pkg

apt_pkg.init_config()
apt_pkg.init_system()
apt_pkg.config.set("Dir::Cache::pkgcache", "")
apt_pkg.config.set("Dir::Cache::srcpkgcache", "")
cache = apt_pkg.Cache(None)
depcache = apt_pkg.DepCache(cache)
records = apt_pkg.PackageRecords(cache)
sources = apt_pkg.SourceList()
sources.read_main_list()

places = {}
for meta in sources.list:
    for index in meta.index_files:
        places.setdefault(index.describe, (meta.uri, meta.dist))


def origin_of(file):
    index = sources.find_index(file)
    if not index or index.describe not in places:
        return None
    uri, dist = places[index.describe]
    place = re.sub(r"^[a-z+]+:(//)?", "", uri)
    place = re.sub(r"^[^/@]*@", "", place).rstrip("/")
    return f"{place} {dist}/{file.component}" if file.component else f"{place} {dist}"


def origins_of(version):
    return sorted({origin for file, _ in version.file_list if (origin := origin_of(file))})


def offer_of(version):
    for file, offset in version.file_list:
        if origin_of(file) and records.lookup((file, offset)):
            sha256 = records.hashes.find("sha256")
            return {
                "source": records.source_pkg or version.parent_pkg.name,
                "sourceVersion": records.source_ver or version.ver_str,
                "sha256": str(sha256).split(":")[-1] if sha256 else None,
                "sizeBytes": version.size,
            }
    return None


packages = {}
offers = {}
for package in cache.packages:
    current = package.current_ver
    if current is None:
        continue
    key = f"{package.name}:{current.arch}"
    packages[key] = {"version": current.ver_str, "origins": origins_of(current)}
    candidate = depcache.get_candidate_ver(package)
    if candidate and apt_pkg.version_compare(candidate.ver_str, current.ver_str) > 0:
        offers[key] = {"to": candidate.ver_str, "origins": origins_of(candidate), **offer_of(candidate)}

indexes = {}
for file in cache.file_list:
    origin = origin_of(file)
    if origin:
        said = (file.origin, file.label, file.archive, file.codename)
        indexes[origin] = [text or None for text in said]

print(json.dumps({"packages": packages, "offers": offers, "indexes": indexes}))
