import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hashFile } from '@dtvem/build-kit';
import type { SourceArchive } from '@dtvem/contracts';
import { packFiles } from './pack-files.ts';

/** An interpreter that knows just what the finishing steps ask of one. */
const INTERPRETER = `#!/bin/sh
bin=$(dirname "$0")
case "$*" in
  *ensurepip*) printf '#!%s/python3.13\\nprint("pip")\\n' "$bin" >"$bin/pip"; chmod +x "$bin/pip" ;;
  *compileall*) while [ $# -gt 1 ]; do shift; done; cat "$1" >>"$bin/../lib/compiled.txt"; echo >>"$bin/../lib/compiled.txt" ;;
  *spec_from_file_location*) while [ $# -gt 1 ]; do shift; done
    printf '{"LIBDIR": "%s_prefix__/lib", "CC": "cc", "CONFIG_ARGS": "", "abs_srcdir": "%s"}' /__dtvem "\${bin%/tree/bin}/source" >"$1" ;;
esac
`;

/** Installs what a CPython would, as far as anything looks at it. */
const MAKEFILE = `
all:
	@echo compiled with $(prefix)
install:
	mkdir -p $(TREE)/bin $(TREE)/lib/pkgconfig $(TREE)/lib/python3.13/lib-dynload $(TREE)/lib/python3.13/test $(LIBPL)
	cp interpreter.sh $(TREE)/bin/python3.13
	cp environment.txt module.py $(TREE)/lib/python3.13/
	touch $(TREE)/lib/python3.13/test/test_x.py $(TREE)/lib/python3.13/_sysconfigdata_x.py
	printf '#!/bin/sh\\n' >$(TREE)/bin/python3.13-config
	printf 'prefix=/__dtvem_prefix__\\n' >$(TREE)/lib/pkgconfig/python-3.13.pc
	printf 'prefix=\\t/__dtvem_prefix__\\n' >$(LIBPL)/Makefile
	printf '#!/__dtvem_prefix__/bin/python3.13\\n' >$(LIBPL)/python-config.py
	$(EXTRA)
TREE = $(DESTDIR)/__dtvem_prefix__
LIBPL = $(TREE)/lib/python3.13/config-3.13-x
`;

/** A source archive in `mirror` that builds like CPython in a second; its configure writes down what it was given. */
export async function fakePython(
  mirror: string,
  { configure = '', install = ':' }: { readonly configure?: string; readonly install?: string } = {},
): Promise<SourceArchive> {
  const file = 'Python-fake.tar.gz';
  const archive = await packFiles({
    configure: `#!/bin/sh\n{ env | sed 's/=.*/=/'; echo "args: $*" | sed 's/__dtvem_prefix__/SENTINEL/'; } >environment.txt\n${configure}\n`,
    Makefile: MAKEFILE.replace('$(EXTRA)', install),
    'interpreter.sh': INTERPRETER,
    'module.py': 'x = 1\n',
    LICENSE: 'licence\n',
    'Doc/license.rst': 'licences\n',
  });
  await writeFile(join(mirror, file), archive);
  return { file, ...(await hashFile(join(mirror, file))) };
}
