#include <sqlite3.h>

// A cast of -1 to a function pointer, which Swift does not import: SQLite copies what was bound.
static inline sqlite3_destructor_type csqlite_transient(void) { return SQLITE_TRANSIENT; }
