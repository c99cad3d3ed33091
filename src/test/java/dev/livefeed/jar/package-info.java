/** Integration tests of the packed jar: real processes, the shipped routes, HTTP. Run after {@code package}. */
package dev.livefeed.jar;
