Console.Error.WriteLine("usage: bench start|pages|match|mail|load"); return 2;
