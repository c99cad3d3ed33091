/** What the program tells over HTTP: health, rates, metrics, the kept books. */
package dev.livefeed.web;
