package dev.livefeed.app.health;

import java.time.Duration;

/**
 * From when on the feed is reported as unhealthy.
 *
 * @param fresh market data younger than this is fresh
 * @param quiet a wanted channel that has been silent for longer is an alarm
 * @param clock an exchange's clock that differs more from ours is an alarm
 * @param stuck a line that the routes hold for longer is a fault of the application
 */
public record HealthLimits(Duration fresh, Duration quiet, Duration clock, Duration stuck) {}
