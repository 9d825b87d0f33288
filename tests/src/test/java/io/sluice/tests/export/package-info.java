/** What must hold of exported files: real tools run them. */
@NullMarked
package io.sluice.tests.export;

import org.jspecify.annotations.NullMarked;
