package dev.livefeed.app.health;

import java.time.Duration;

/**
 * Limits for health.
 *
 * @param fresh maximum age of fresh market data
 * @param quiet a wanted channel without data for longer is an alarm
 * @param clock a larger difference between the exchange's clock and the local one is an alarm
 * @param stuck a line that stays in the routes for longer makes the application unhealthy
 * @param ready how many instruments must be ready, and how long a change must last to count
 */
public record HealthLimits(Duration fresh, Duration quiet, Duration clock, Duration stuck, ReadyRules ready) {}
