/** The volume profile of a day: exact sums by price, and the levels derived from them. */
package dev.livefeed.app.market.profile;
