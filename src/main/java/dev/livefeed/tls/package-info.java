/** Keys and certificates from PEM files, for servers and clients. */
package dev.livefeed.tls;
