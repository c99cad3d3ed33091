/** Decides which HTTP requests are accepted, by Host, Origin and content type. */
package dev.livefeed.app.api.access;
