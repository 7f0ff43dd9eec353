#!/usr/bin/env python3
"""Lays the files of a folder into the binary: writes assets.S (.incbin) and assets_table.cpp beside the build.

usage: embed_assets.py FOLDER OUT_DIR
"""
import gzip
import hashlib
import pathlib
import re
import sys

TYPES = {".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".mjs": "text/javascript; charset=utf-8",
         ".css": "text/css; charset=utf-8", ".json": "application/json", ".svg": "image/svg+xml", ".png": "image/png",
         ".ico": "image/x-icon", ".woff2": "font/woff2", ".woff": "font/woff", ".txt": "text/plain; charset=utf-8",
         ".webmanifest": "application/manifest+json"}


def main() -> int:
    folder, out = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    files = sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix != ".map")
    assembly, declarations, rows = [".section .rodata"], [], []
    for number, path in enumerate(files):
        data = path.read_bytes()
        name = "/" + path.relative_to(folder).as_posix()
        packed = gzip.compress(data, 9, mtime=0)
        keep = len(packed) < len(data) * 0.95 and path.suffix not in (".woff2", ".woff", ".png")
        packed_path = out / f"asset{number}.gz"
        packed_path.write_bytes(packed if keep else b"")
        for kind, source in (("p", path.resolve()), ("z", packed_path.resolve())):
            label = f"vigie_asset_{number}_{kind}"
            assembly += [f".global {label}_begin, {label}_end", f"{label}_begin:", f'.incbin "{source}"', f"{label}_end: .byte 0"]
            declarations.append(f'extern "C" const char {label}_begin[], {label}_end[];')
        etag = hashlib.sha256(data).hexdigest()[:32]
        fingerprinted = re.search(r"-[A-Za-z0-9_-]{8,}\.[a-z0-9]+$", name) is not None
        span = lambda kind: (f"{{vigie_asset_{number}_{kind}_begin, static_cast<std::size_t>("
                             f"vigie_asset_{number}_{kind}_end - vigie_asset_{number}_{kind}_begin)}}")
        rows.append(f'        {{"{name}", "{TYPES.get(path.suffix, "application/octet-stream")}", "\\"{etag}\\"", '
                    f'{"true" if fingerprinted else "false"}, {span("p")}, {span("z")}}},')
    assembly.append('.section .note.GNU-stack,"",@progbits')
    (out / "assets.S").write_text("\n".join(assembly) + "\n")
    (out / "assets_table.cpp").write_text(
        '#include "assets.h"\n\n' + "\n".join(declarations) + "\n\nnamespace vigie::web {\n\nstd::span<const Asset> assets() {\n"
        "    static const Asset table[] = {\n" + "\n".join(rows) + "\n    };\n    return table;\n}\n\n}  // namespace vigie::web\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
