/** How hosts are reached: proxies, the hosts that need none, and additional headers of each handshake and request. */
package dev.livefeed.connector.session.access;
