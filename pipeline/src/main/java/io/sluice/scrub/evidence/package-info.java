/** Seals what a scrub did into a signed certificate, and checks such certificates with the public key alone. */
@NullMarked
package io.sluice.scrub.evidence;

import org.jspecify.annotations.NullMarked;
