/** The connector of the drills: numbered events, of which the truth is known without memory, and hostile lines. */
package dev.livefeed.bench.drills.feed;
