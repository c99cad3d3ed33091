/** Which HTTP requests are admitted: by Host, by Origin, and by content type. */
package dev.livefeed.app.api.access;
