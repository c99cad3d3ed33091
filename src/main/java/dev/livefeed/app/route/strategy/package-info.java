/** The {@code strategy:} component: moments to a strategy route. */
package dev.livefeed.app.route.strategy;
