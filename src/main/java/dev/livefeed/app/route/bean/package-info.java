/** How the {@code bean} steps of routes call their methods. */
package dev.livefeed.app.route.bean;
