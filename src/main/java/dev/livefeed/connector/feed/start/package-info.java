/** The start of a venue's connector: from its settings to its network and its feed. */
package dev.livefeed.connector.feed.start;
