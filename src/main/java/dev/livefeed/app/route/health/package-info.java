/** Health checks of Camel on top of the state of the feed. */
package dev.livefeed.app.route.health;
