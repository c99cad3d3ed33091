/** The packed jar, run as a user runs it: real processes, the shipped routes, HTTP. Runs after {@code package}. */
package dev.livefeed.jar;
