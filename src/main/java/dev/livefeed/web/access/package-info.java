/** Which HTTP requests are let in: by the name they call the server, by the page that sent them, by the kind of their body. */
package dev.livefeed.web.access;
