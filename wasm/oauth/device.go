package oauth

// Device is a device authorization response (RFC 8628 section 3.2). The addresses are as the server wrote them.
type Device struct {
	DeviceCode, UserCode, VerificationURI, VerificationURIComplete string
	// ExpiresIn and Interval are in seconds; ExpiresIn is 0 where the server does not say.
	ExpiresIn, Interval int64
}

// longestUserCode bounds what a person is to type.
const longestUserCode = 64

// ParseDevice reads a device authorization response.
func ParseDevice(mediaType string, text []byte) (*Device, *Refusal, error) {
	d, refusal, err := success(mediaType, text)
	if d == nil {
		return nil, refusal, err
	}
	v := &Device{
		DeviceCode: d.text("device_code"), UserCode: d.bounded("user_code", longestUserCode), VerificationURI: d.text("verification_uri"),
		VerificationURIComplete: d.text("verification_uri_complete"),
		ExpiresIn:               d.number("expires_in", longestLife), Interval: d.number("interval", longestLife),
	}
	if v.VerificationURI == "" {
		v.VerificationURI = d.text("verification_url") // Google's name for it, older than the RFC
	}
	if v.Interval == 0 {
		v.Interval = 5 // the RFC's default
	}
	switch {
	case d.bad != "":
		return nil, nil, Unreadable(d.bad)
	case v.DeviceCode == "":
		return nil, nil, Unreadable("it has no device_code")
	case v.UserCode == "" || !printable(v.UserCode):
		return nil, nil, Unreadable("it has no user_code that a person could type")
	case v.VerificationURI == "":
		return nil, nil, Unreadable("it has no verification_uri")
	}
	return v, nil, nil
}
