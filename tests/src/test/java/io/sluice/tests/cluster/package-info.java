/** The program on a Spark cluster of separate processes. */
@NullMarked
package io.sluice.tests.cluster;

import org.jspecify.annotations.NullMarked;
