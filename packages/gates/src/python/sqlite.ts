import { probeGate } from './probe.ts';

const SQLITE = `
import json, sqlite3
db = sqlite3.connect(':memory:')
db.execute('create virtual table notes using fts5(body)')
db.execute('insert into notes values (?)', ('moved to another place',))
assert db.execute('select count(*) from notes where notes match ?', ('place',)).fetchone() == (1,), 'FTS5'
assert db.execute('select json_extract(?, ?)', (json.dumps({'a': [7]}), '$.a[0]')).fetchone() == (7,), 'JSON'
db.execute('create virtual table boxes using rtree(id, x0, x1)')
assert sqlite3.threadsafety, 'SQLite was built for one thread alone'
print('probe passed: SQLite ' + sqlite3.sqlite_version + ' with FTS5, JSON and R*Tree')
`;

export const sqlite = probeGate(
  { id: 'python-sqlite', title: 'SQLite searches text, reads JSON and knows R*Trees' },
  () => ({ name: 'its SQLite', source: SQLITE }),
);
