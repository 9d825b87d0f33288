/** How well actors and sessions are found in recorded traffic. */
@NullMarked
package io.sluice.tests.session;

import org.jspecify.annotations.NullMarked;
