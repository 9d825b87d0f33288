/** From a capture to every scenario step and back: runs, edges, commit notes. */
@NullMarked
package io.sluice.lineage;

import org.jspecify.annotations.NullMarked;
