package dev.livefeed.app.health;

import dev.livefeed.app.settings.ReadyPolicy;
import java.time.Duration;

/**
 * When the feed is ready, and how long a change must last to count.
 *
 * @param readyAfter how long an instrument that was not ready must be well; not at the start of a process
 * @param unreadyAfter how long an instrument may be without a synced book or fresh data
 */
public record ReadyRules(ReadyPolicy policy, Duration readyAfter, Duration unreadyAfter) {}
