/** What is stored: one class per table, one JSON Schema per document. */
@NullMarked
package io.sluice.schemas;

import org.jspecify.annotations.NullMarked;
