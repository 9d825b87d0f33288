/** Blanks rows inside a Parquet file without changing its length, its row count or anybody else's row. */
@NullMarked
package io.sluice.scrub.parquet;

import org.jspecify.annotations.NullMarked;
