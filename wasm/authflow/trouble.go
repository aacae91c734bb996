package authflow

import "github.com/headfast/headfast/jsbridge/msg"

// Trouble is why what is stored could not be read the last time; nil where it could.
func (a *Account) Trouble() *msg.Failure { return a.trouble }
