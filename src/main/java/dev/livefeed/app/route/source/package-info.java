/** What routes call by one name for all sources: it passes each call on to the parts of the right source. */
package dev.livefeed.app.route.source;
