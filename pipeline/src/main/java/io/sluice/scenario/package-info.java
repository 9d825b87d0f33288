/** Generated sequences of steps to replay, and the player that replays them. */
@NullMarked
package io.sluice.scenario;

import org.jspecify.annotations.NullMarked;
