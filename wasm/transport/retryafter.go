package transport

import (
	"strconv"
	"strings"
)

// RetryAfter is how long the server wants to be left alone, in nanoseconds: RFC 9110 section 10.2.3, in seconds or
// as a date. wall is the time now in milliseconds since the Unix epoch. It is negative for a date that is past.
func (x *Exchange) RetryAfter(wall int64) (ns int64, ok bool) {
	text := strings.Trim(x.retryAfter, " \t")
	if text == "" {
		return 0, false
	}
	if s, err := strconv.ParseUint(text, 10, 32); err == nil {
		return int64(s) * 1e9, true
	}
	if at, ok := httpDate(text); ok {
		if century := int64(50 * 365.25 * 86400); at > wall/1000+century && strings.Contains(text, "-") {
			at -= 2 * century // RFC 850's year of two digits: the most recent one in the past
		}
		return (at*1000 - wall) * 1e6, true
	}
	return 0, false
}

// httpDate reads the three forms of RFC 9110 section 5.6.7, in seconds since the Unix epoch.
func httpDate(text string) (int64, bool) {
	fields := strings.FieldsFunc(text, func(c rune) bool { return c == ' ' || c == ',' || c == '-' })
	switch {
	case len(fields) == 6 && fields[5] == "GMT" && strings.HasPrefix(text, fields[0]+","):
		return date(fields[3], fields[2], fields[1], fields[4]) // IMF-fixdate, and RFC 850 with a year of two digits
	case len(fields) == 5:
		return date(fields[4], fields[1], fields[2], fields[3]) // asctime
	}
	return 0, false
}

const months = "JanFebMarAprMayJunJulAugSepOctNovDec"

func date(year, month, day, clock string) (int64, bool) {
	y, errY := strconv.Atoi(year)
	d, errD := strconv.Atoi(day)
	at := strings.Index(months, month)
	t, okT := timeOfDay(clock)
	if errY != nil || errD != nil || !okT || len(month) != 3 || at%3 != 0 || d < 1 || d > 31 || y < 0 || y > 9999 {
		return 0, false
	}
	if len(year) == 2 {
		y += 2000
	}
	return daysBefore(y, at/3+1, d)*86400 + t, true
}

func timeOfDay(clock string) (int64, bool) {
	var total int64
	parts := strings.Split(clock, ":")
	for i, p := range parts {
		n, err := strconv.Atoi(p)
		if err != nil || len(p) != 2 || n > [3]int{23, 59, 60}[min(i, 2)] {
			return 0, false
		}
		total = total*60 + int64(n)
	}
	return total, len(parts) == 3
}

// daysBefore counts days from the Unix epoch in the Gregorian calendar (H. Hinnant, "days_from_civil").
func daysBefore(y, m, d int) int64 {
	if m <= 2 {
		y--
		m += 12
	}
	era := y / 400
	yoe := y - era*400
	doy := (153*(m-3)+2)/5 + d - 1
	doe := yoe*365 + yoe/4 - yoe/100 + doy
	return int64(era)*146097 + int64(doe) - 719468
}
