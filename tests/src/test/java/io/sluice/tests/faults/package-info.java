/** What happens when input, settings or the machine are not as they should be. */
@NullMarked
package io.sluice.tests.faults;

import org.jspecify.annotations.NullMarked;
