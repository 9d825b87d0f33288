/** Scenarios as files for other tools: one writer per format. */
@NullMarked
package io.sluice.export;

import org.jspecify.annotations.NullMarked;
