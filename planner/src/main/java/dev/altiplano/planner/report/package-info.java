/**
 * The planner's page and report: pictures as inline SVG from plain data records, in English and
 * Spanish, and every picture also as a table. Start at {@link
 * dev.altiplano.planner.report.ReportPage}. May use the rest of the planner; knows no web server.
 */
@NullMarked
package dev.altiplano.planner.report;

import org.jspecify.annotations.NullMarked;
