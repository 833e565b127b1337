/* memory-backend.h: the server's storage in memory, for simulated networks and quick tests. */

#pragma once

#include "vantage-backend.h"

/* (transfer full) */
VantageBackend *memory_backend_new (void);
/* All that it holds, to be put back later: what a backup of the server would hold. */
VantageBackend *memory_backend_copy (VantageBackend *backend);
/* Ops of a stream in order. (element-type GBytes); lent. */
GPtrArray *memory_backend_get_ops (VantageBackend *backend, const char *stream);
