#include <zlib.h>

// A macro that Swift does not import: it passes the version and the size that were compiled against.
static inline int czlib_inflate_init(z_stream *stream, int window_bits) { return inflateInit2(stream, window_bits); }
