package oauth

import "strings"

// Need is what the Bearer and DPoP challenges of an answer ask for (RFC 6750 section 3, RFC 9728 section 5.1, RFC 9449
// sections 7.1 and 9). All is as the server wrote it; nothing is checked.
type Need struct {
	// Metadata is the URL of the protected-resource metadata.
	Metadata                  string
	Scope, Error, Description string
	// Bearer and DPoP say that there is such a challenge, Algorithms are the DPoP challenge's.
	Bearer, DPoP bool
	Algorithms   []string
	// Nonce says that a proof must carry the nonce of the answer's DPoP-Nonce field.
	Nonce bool
}

// ReadNeed reads what is asked for. Of several challenges the first that names metadata is heard, else the first that
// says anything. A parameter that is there twice is not used: two readers would see two.
func ReadNeed(challenges []Challenge) Need {
	var n Need
	heard := 0
	for i := range challenges {
		c := &challenges[i]
		switch {
		case strings.EqualFold(c.Scheme, "Bearer"):
			n.Bearer = true
		case strings.EqualFold(c.Scheme, "DPoP"):
			n.readDPoP(c)
		default:
			continue
		}
		if w := c.weight(); w > heard {
			heard = w
			n.Metadata, n.Scope = c.only("resource_metadata"), c.only("scope")
			n.Error, n.Description = c.only("error"), c.only("error_description")
		}
	}
	return n
}

func (n *Need) readDPoP(c *Challenge) {
	if !n.DPoP {
		n.Algorithms = strings.Fields(c.only("algs"))
	}
	n.DPoP = true
	n.Nonce = n.Nonce || c.only("error") == "use_dpop_nonce"
}

// weight is how much a challenge says: metadata, something, nothing.
func (c *Challenge) weight() int {
	switch {
	case c.only("resource_metadata") != "":
		return 2
	case c.only("scope") != "" || c.only("error") != "" || c.only("error_description") != "":
		return 1
	}
	return 0
}

// only is the value of a parameter that is there once, found without regard to case.
func (c *Challenge) only(name string) (value string) {
	found := false
	for _, p := range c.Params {
		if strings.EqualFold(p.Name, name) {
			if found {
				return ""
			}
			found, value = true, p.Value
		}
	}
	return value
}
