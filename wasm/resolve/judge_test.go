package resolve

import "testing"

// TestJudgeIsTotal goes through every combination and holds the verdicts to the design's decision table, written a
// second time here.
func TestJudgeIsTotal(t *testing.T) {
	bools := []bool{false, true}
	n := 0
	for _, may := range bools {
		for _, asked := range bools {
			for _, status := range []uint32{401, 403} {
				for _, offered := range bools {
					for _, scope := range bools {
						for _, token := range bools {
							for _, header := range bools {
								for tries := range 5 {
									r := Refusal{status, offered, scope, token, header, tries}
									got, why := Judge(may, asked, r)
									if why == "" {
										t.Errorf("%v %v %+v: no reason", may, asked, r)
									}
									if want := table2(may, asked, r); got != want {
										t.Errorf("may %v, asked %v, %+v: verdict %d, want %d", may, asked, r, got, want)
									}
									n++
								}
							}
						}
					}
				}
			}
		}
	}
	if n != 640 {
		t.Errorf("%d combinations", n)
	}
}

// table2 reads the table row by row: what must never happen first.
func table2(may, asked bool, r Refusal) Verdict {
	never := map[bool]Verdict{true: TellRefused, false: TellMissing}
	if !may {
		return never[r.Header]
	}
	if r.Tries > 2 {
		return TellForbidden
	}
	if r.Status == 403 {
		if r.Token && r.Scope && r.Tries < 2 {
			return MoreScope
		}
		return TellForbidden
	}
	if r.Token || asked {
		return GetToken
	}
	if r.Offered {
		return TellOffer
	}
	return TellMissing
}
